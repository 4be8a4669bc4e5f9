import { expect, test } from 'vitest'
import { taskWords } from '#components/operate/task-words.ts'
import { taskList } from '#lib/jobs/tasks.ts'

test('the desk has words for every task', () => {
  expect(Object.keys(taskList).filter((task) => taskWords(task) === task)).toEqual([])
})
